import {describe, expect, test} from 'vitest';
import {readDeploymentSettings} from '../../src/project/deployment-settings.ts';

const read = (yaml: string, stage?: string) =>
  readDeploymentSettings(yaml, stage, (what, at) => new Error(`${at.join('.')}: ${what}`));

describe('gear.yaml’s settings of a deployment', () => {
  test('are texts as they stand there', () => {
    expect(read('parameters: {Version: 1.10, Account: 007, On: true}\nregion: eu-central-1\n')).toEqual({
      parameters: {Version: '1.10', Account: '007', On: 'true'},
      region: 'eu-central-1',
      dependsOn: [],
    });
  });

  test('are those of the stage before those of all stages', () => {
    const yaml = `parameters: {Days: 14, Colour: red}
region: eu-central-1
stages:
  dev:
  prod: {parameters: {Days: 90}, region: eu-west-1}
`;
    expect(read(yaml, 'prod')).toMatchObject({parameters: {Days: '90', Colour: 'red'}, region: 'eu-west-1'});
    expect(read(yaml, 'dev')).toMatchObject({parameters: {Days: '14', Colour: 'red'}, region: 'eu-central-1'});
    expect(() => read(yaml, 'test')).toThrow('stages: there is no stage test; it lists dev, prod');
  });

  test('need not list a stage', () => {
    expect(read('parameters: {Days: 14}', 'anything')).toMatchObject({parameters: {Days: '14'}});
  });

  test.each([
    ['parameters: [a]', 'parameters: parameters must be a mapping'],
    ['parameters: {A: [b]}', 'parameters.A: parameters.A must be text'],
    [
      `parameters: {A: "\${AWS::Region}"}`,
      `parameters.A has \${AWS::Region}, which is not of the form \${service.Output}`,
    ],
    ['dependsOn: orders', 'dependsOn: dependsOn must be a list of services'],
    ['dependsOn: [orders, {billing: 1}]', 'dependsOn.1: dependsOn must be text'],
    ['region: ""', 'region must be text'],
    [
      'stages: {dev: {stack: other}}',
      'stages.dev.stack: gear does not know the key stack of stages.dev; it knows parameters, region',
    ],
    [`stages: {dev: {parameters: {A: "\${b}"}}}`, `stages.dev.parameters.A has \${b}, which is not of`],
  ])('refuse %s', (yaml, message) => {
    expect(() => read(yaml)).toThrow(message);
  });
});
