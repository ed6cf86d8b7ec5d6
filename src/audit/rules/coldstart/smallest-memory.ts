import {isUnresolved} from '../../../model/resolvable.ts';
import {calledServices} from '../../called-services.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'coldstart/smallest-memory',
  subject: 'function',
  severity: 'low',
  title: 'A function calls AWS with 128 MB while somebody waits',
  why: 'Processor time comes with memory. With 128 MB the first call, which sets up the SDK and its connection, takes several times as long, and the longer run often costs more than the memory saved.',
  remedy: 'Give it 256 to 512 MB, and measure.',
  since: '0.1.0',
  examples: {bad: 'Runtime: nodejs24.x', good: 'Runtime: nodejs24.x\nMemorySize: 256'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html',
  *check({name, memory, runtime, role, triggers}, {inventory}) {
    if (runtime === undefined || isUnresolved(runtime) || !/^(nodejs|python|java|dotnet|ruby)/.test(runtime)) return;
    if (!triggers.some(({asynchronous}) => !asynchronous)) return;
    if (isUnresolved(memory)) {
      yield {unknown: `its memory is not known: ${memory.reason}`};
      return;
    }
    const services = memory > 128 ? [] : calledServices(role, inventory);
    if (services.length > 0)
      yield {message: `${name} has ${memory} MB and calls ${services.join(', ')}`, evidence: {memory, services}};
  },
});
