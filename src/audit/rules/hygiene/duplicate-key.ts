import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'hygiene/duplicate-key',
  subject: 'inventory',
  severity: 'medium',
  title: 'A key stands twice in one mapping',
  why: 'Only the last one has an effect, without a word: what stands above it is neither deployed nor audited.',
  remedy: 'Take out the one that is not meant, or give one of the two another name.',
  since: '0.1.0',
  reference: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html',
  examples: {
    bad: 'Properties:\n  Timeout: 30\n  Timeout: 900',
    good: 'Properties:\n  Timeout: 30',
  },
  *check({duplicateKeys = []}) {
    for (const {path, ignored, taken} of duplicateKeys) {
      const [section, resource = ''] = path;
      const line = 'line' in taken ? `line ${taken.line}` : 'the last one';
      for (const origin of ignored)
        yield {
          message: `${path.join('.')} has no effect here: it stands again in ${line}, and that is taken`,
          resource: section === 'Resources' ? resource : '',
          origin,
          evidence: {path: path.join('.'), times: ignored.length + 1},
          key: path.join('.'),
        };
    }
  },
});
