import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'size/too-many-layers',
  subject: 'function',
  severity: 'high',
  title: 'A function has more than five layers',
  why: 'Lambda refuses it, and the layers count against the 250 MB that a package may have unzipped.',
  remedy: 'Bundle what the layers hold with the handler, or merge layers.',
  since: '0.1.0',
  examples: {bad: 'Layers: [a, b, c, d, e, f]', good: 'Layers: [a]'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  *check({name, layers}) {
    if (layers.length > 5)
      yield {message: `${name} has ${layers.length} layers`, evidence: {layers: layers.length, limit: 5}};
  },
});
