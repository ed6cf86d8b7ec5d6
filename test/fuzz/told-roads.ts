import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Chalk} from 'chalk';
import {binaryMachine} from '../../src/bundle/binary-machine.ts';
import {BuildRecord} from '../../src/deploy/build-record.ts';
import {namedProperty, readReason} from '../../src/deploy/failure-reason.ts';
import {openAnswerCache} from '../../src/inventory/account/answer-cache.ts';
import {openDecisionLog} from '../../src/local/access/decision-log.ts';
import {readConnection} from '../../src/local/connection-file.ts';
import {readFailure} from '../../src/local/daemon-failure.ts';
import {failedMessages, firstFailed} from '../../src/local/events/batch-response.ts';
import {functionAnswer} from '../../src/local/execute-api/function-answer.ts';
import {reported} from '../../src/local/lambda/outcome.ts';
import {deadLetter} from '../../src/recovery/dead-letter.ts';
import {queueSources} from '../../src/recovery/failure-targets.ts';
import {logEntry, tellsOfError} from '../../src/recovery/log-entry.ts';
import {messageFilter, recordFilter} from '../../src/recovery/message-filter.ts';
import {deadLettersText} from '../../src/report/dlq.ts';
import {logLineText} from '../../src/report/log-lines.ts';
import type {Road} from './road.ts';

const paint = new Chalk({level: 0});

/** What is said to gear while it works: by functions, queues and AWS, and by itself when it ran before. */
export const toldRoads: readonly Road[] = [
  {
    name: 'lines of logs',
    seeds: [
      '{"level": "ERROR", "message": {"errorType": "E", "errorMessage": "x", "stackTrace": ["a", "b"]}, "requestId": "a", "timestamp": 1, "cold_start": true, "error": {"stack": "a\\nb"}}',
      '{"type": "platform.report", "record": {"requestId": "a", "status": "error", "errorType": "E", "metrics": {"durationMs": 1.5, "maxMemoryUsedMB": 99}}}',
      '{"_aws": {"Timestamp": 1, "CloudWatchMetrics": [{"Namespace": "n", "Dimensions": [["a"]], "Metrics": [{"Name": "m", "Unit": "Count"}]}]}, "m": [1, 2], "a": "b"}',
    ],
    json: JSON.parse,
    follow(text) {
      for (const line of [
        text,
        `2026-11-22T10:00:00.000Z\tid\tERROR\t${text}`,
        `[ERROR]\t2026-11-22T10:00:00.000Z\tid\t${text}`,
      ]) {
        const entry = logEntry(line);
        tellsOfError(entry);
        logLineText({group: 'orders', time: 0}, entry, {withGroup: true, paint});
      }
    },
  },
  {
    name: 'dead letters',
    seeds: [
      '{"requestContext": {"condition": "RetriesExhausted", "requestId": "a", "functionArn": "arn:aws:lambda:x"}, "responsePayload": {"errorType": "E", "errorMessage": "m"}, "DDBStreamBatchInfo": {"streamArn": "s"}}',
      '{"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "a%20b+c"}}}], "Type": "Notification", "TopicArn": "t", "detail": {"id": 1}}',
    ],
    json: JSON.parse,
    follow(Body) {
      const Attributes = {
        SentTimestamp: '1',
        ApproximateReceiveCount: '1',
        DeadLetterQueueSourceArn: 'arn:aws:sqs:a:b:c',
      };
      for (const MessageAttributes of [{}, {ErrorMessage: {DataType: 'String', StringValue: Body}}]) {
        const message = {MessageId: 'a', Body, Attributes, MessageAttributes};
        messageFilter([Body, `detail.id=${Body}`, 'Records.0.s3=a'])(message);
        for (const full of [true, false]) deadLettersText('failed', [deadLetter(message)], {full, paint});
      }
      recordFilter([`a.b=${Body}`])(Body);
    },
  },
  {
    name: 'answers of functions',
    seeds: [
      '{"statusCode": 200, "headers": {"a": "b"}, "multiValueHeaders": {"c": ["d"]}, "cookies": ["e=f"], "body": "x", "isBase64Encoded": false}',
      '{"batchItemFailures": [{"itemIdentifier": "1"}]}',
      '{"errorType": "E", "errorMessage": "m", "trace": ["a"]}',
    ],
    json: JSON.parse,
    follow(text) {
      const payload = Buffer.from(text);
      functionAnswer(payload, '1.0');
      functionAnswer(payload, '2.0');
      failedMessages(payload, ['1', '2']);
      firstFailed(payload, ['1', '2']);
      reported(payload);
    },
  },
  {
    name: 'redrive policies',
    seeds: ['{"deadLetterTargetArn": "arn:aws:sqs:eu-central-1:111122223333:failed", "maxReceiveCount": 3}'],
    json: JSON.parse,
    follow(text) {
      queueSources([{name: 'orders', attributes: {RedrivePolicy: text}}]);
    },
  },
  {
    name: 'reasons of CloudFormation',
    seeds: [
      'Resource handler returned message: "Properties validation failed for resource Queue with message: #/RedrivePolicy/0/a: x" (RequestToken: a-b, HandlerErrorCode: InvalidRequest)',
    ],
    follow(text) {
      readReason(text);
      namedProperty(text, {RedrivePolicy: 1});
    },
  },
  {
    name: 'programs and native modules',
    seeds: [
      '\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00',
      `MZ${'\x00'.repeat(58)}\x40\x00\x00\x00PE\x00\x00\x64\x86`,
      '\xcf\xfa\xed\xfe\x0c\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00',
    ],
    follow(text) {
      binaryMachine(Buffer.from(text, 'latin1'));
    },
  },
  {
    name: 'records of builds and audits',
    seeds: [
      '{"versions": "1", "held": [["src/a.ts", "h", 1, 2, 3]], "builds": {"A": {"made": "m", "output": "o", "borrowed": false, "parts": [{"name": "a", "bytes": 1}], "zip": {"zippedBytes": 1, "unzippedBytes": 2, "hash": "h"}, "held": [[0, 1]]}}, "sizes": {"A": [{"name": "a", "bytes": 1}]}}',
      '{"version": 1, "answers": [{"revision": "a", "at": 0, "call": {"service": "Lambda", "operation": "GetPolicy", "input": {"FunctionName": "a"}, "output": {}}}]}',
    ],
    json: JSON.parse,
    async follow(text, folder) {
      mkdirSync(join(folder, '.gear/build/template.yaml'), {recursive: true});
      writeFileSync(join(folder, '.gear/build/template.yaml/record.json'), text);
      writeFileSync(join(folder, 'answers.json'), text);
      const record = new BuildRecord(folder, 'template.yaml', '1');
      record.hashes.hashOf('src/a.ts');
      record.zip('A');
      await record.save(['A']);
      openAnswerCache(join(folder, 'answers.json'), () => 1);
    },
  },
  {
    name: 'records of gear local',
    seeds: [
      '{"pid": 1, "port": 4566, "endpoint": "http://127.0.0.1:4566", "token": "a", "version": "0.1.0"}\n',
      '{"time": 0, "requestId": "a", "caller": "b", "roleArn": "c", "action": "a:B", "resource": "*", "allowed": true, "matched": []}\n{"time": 1}\n',
      'Error: {"code": "A", "message": "m", "suggestions": ["a"]}\n',
    ],
    follow(text, folder) {
      writeFileSync(join(folder, 'cloud.json'), text);
      readConnection(folder);
      readFailure(text, 'ended', 'log');
      mkdirSync(join(folder, 'decisions'));
      writeFileSync(join(folder, 'decisions/decisions-000000000000000.jsonl'), text);
      const log = openDecisionLog(join(folder, 'decisions'));
      log.read({after: 3});
      log.close();
    },
  },
];
