import type {Inventory} from '../../../model/inventory.ts';
import type {LambdaFunction} from '../../../model/lambda-function.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {layerPublisher} from '../../layer-publishers.ts';

export default defineRule({
  id: 'hygiene/layer-of-other-account',
  subject: 'function',
  severity: 'low',
  title: 'A function runs code from a layer of another account',
  why: 'It runs with the permissions of the function. A version of a layer stays as it is, but its owner may delete it or take back its permission, and then the function can no longer be updated.',
  remedy:
    'Publish the layer in your own account after looking at it, or ignore the finding with the reason why its owner is trusted.',
  since: '0.1.0',
  examples: {
    bad: 'Layers: ["arn:aws:lambda:eu-central-1:444455556666:layer:tools:3"]',
    good: 'Layers: [!Ref ToolsLayer]',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html',
  *check(fn, {inventory}) {
    const own = ownAccounts(fn, inventory);
    for (const layer of fn.layers) {
      if (isUnresolved(layer)) {
        yield {unknown: `whose layer ${layer.text} is, is not known: ${layer.reason}`};
        continue;
      }
      const [, account, name] = layerArn.exec(layer) ?? [];
      if (account === undefined || name === undefined || own.includes(account)) continue;
      const publisher = layerPublisher(account);
      if (publisher?.isAws) continue;
      yield {
        message: `the layer ${name} of ${fn.name} belongs to ${publisher === undefined ? `the account ${account}` : `${publisher.name} (${account})`}`,
        severity: publisher === undefined ? 'low' : 'info',
        evidence: {account, layer: name},
        key: `${account}:${name}`,
      };
    }
  },
});

/** The region may be a placeholder that has colons of its own. */
const layerArn = /^arn:.+:lambda:.+:(\d{12}):layer:([^:]+)/;

/** A template does not say where it is deployed; a role that it names by its ARN does. */
function ownAccounts({role}: LambdaFunction, {source}: Inventory): readonly unknown[] {
  if (source.kind === 'account') return [source.account];
  return isUnresolved(role) ? [] : [role.split(':')[4]];
}
