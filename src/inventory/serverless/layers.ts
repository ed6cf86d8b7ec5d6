import {at, build, type ConfigNode, entriesOf} from './config-node.ts';
import {normalized} from './naming.ts';
import type {Service} from './service.ts';

export function layerResources({config}: Service): readonly (readonly [string, ConfigNode])[] {
  return entriesOf(at(config, 'layers')).map(([key, layer]) => {
    const properties = {LayerName: at(layer, 'name') ?? key, Content: at(layer, 'path')};
    return [
      `${normalized(key)}LambdaLayer`,
      build({Type: 'AWS::Lambda::LayerVersion', Properties: properties}, layer.origin),
    ];
  });
}
