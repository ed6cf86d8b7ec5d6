import {describe, expect, it} from 'vitest';
import {logMessage} from '../../../../src/local/services/logs/filter-pattern.ts';
import {parseFilterPattern} from '../../../../src/local/services/logs/parse-filter-pattern.ts';

const failed =
  '{"level":"ERROR","latency":512,"cold":true,"user":{"id":7,"tags":["new","vip"]},"cause":null,"odd key":"x"}';

describe('text patterns', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'ERROR at start', true],
    ['ERROR', 'error at start', false],
    ['ERROR timeout', 'timeout, then ERROR', true],
    ['ERROR timeout', 'ERROR', false],
    ['"Task timed out"', 'Task timed out after 3 s', true],
    ['"Task timed out"', 'Task was timed out', false],
    ['?ERROR ?WARN', 'WARN: slow', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['ERROR -DEBUG', 'ERROR DEBUG', false],
    ['ERROR -DEBUG', 'ERROR', true],
    ['-"not this"', 'do not do this', true],
    ['ERROR ?WARN', 'WARN', false],
    ['"say \\"no\\""', 'say "no"', true],
  ])('%s on %s: %s', (pattern, message, expected) => {
    expect(parseFilterPattern(pattern).matches(logMessage(message))).toBe(expected);
  });
});

describe('JSON patterns', () => {
  it.each([
    ['{ $.level = "ERROR" }', true],
    ['{ $.level = ERROR }', true],
    ['{$.level="WARN"}', false],
    ['{ $.level != "WARN" }', true],
    ['{ $.missing != "WARN" }', false],
    ['{ $.level = "ERR*" }', true],
    ['{ $.level = *ROR }', true],
    ['{ $.latency >= 512 }', true],
    ['{ $.latency > 512 }', false],
    ['{ $.latency < 1e3 }', true],
    ['{ $.latency = 512 }', true],
    ['{ $.latency = "5*" }', true],
    ['{ $.user.id = 7 && $.user.tags[1] = "vip" }', true],
    ['{ $.user.tags = "vip" }', false],
    ['{ $.cause IS NULL }', true],
    ['{ $.level IS NULL }', false],
    ['{ $.cold IS TRUE }', true],
    ['{ $.cold IS FALSE }', false],
    ['{ $.user EXISTS }', true],
    ['{ $.user.name NOT EXISTS }', true],
    ["{ $.['odd key'] = x }", true],
    ['{ $.level = "WARN" || $.level = "ERROR" && $.latency > 500 }', true],
    ['{ ($.level = "ERROR" || $.level = "WARN") && $.latency > 600 }', false],
  ])('%s: %s', (pattern, expected) => {
    expect(parseFilterPattern(pattern).matches(logMessage(failed))).toBe(expected);
  });

  it.each(['plain text', '["ERROR"]', '{"level": "ERR', '3'])('never match %s', message => {
    expect(parseFilterPattern('{ $.level NOT EXISTS }').matches(logMessage(message))).toBe(false);
  });

  it('tell what they found', () => {
    const pattern = parseFilterPattern('{ $.level = "ERROR" && $.latency > 1 && $.none NOT EXISTS }');
    expect(pattern.extract(logMessage(failed))).toEqual({'$.level': 'ERROR', '$.latency': '512'});
  });
});

describe('what is no pattern', () => {
  it.each([
    ['{ $.level = }', 'InvalidParameterException'],
    ['{ level = 1 }', 'InvalidParameterException'],
    ['{ $.level = "a" && }', 'InvalidParameterException'],
    ['{ ($.level = "a" }', 'InvalidParameterException'],
    ['{ $.level > many }', 'InvalidParameterException'],
    ['{ $.level ~ "a" }', 'InvalidParameterException'],
    ['{ $.level = "a" } }', 'InvalidParameterException'],
    ['"open', 'InvalidParameterException'],
    ['needs-quotes', 'InvalidParameterException'],
    ['[ip, user]', 'NotImplemented'],
    ['%[0-9]+%', 'NotImplemented'],
    ['{ $.level = %ERR.*% }', 'NotImplemented'],
  ])('%s is refused', (pattern, code) => {
    expect(() => parseFilterPattern(pattern)).toThrow(expect.objectContaining({code}));
  });
});
