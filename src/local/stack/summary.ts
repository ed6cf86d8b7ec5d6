import {parseTemplate} from '../../cloudformation/parse.ts';
import {readSections} from '../../cloudformation/sections.ts';
import type {TemplateSummary} from '../services/cloudformation/engine.ts';
import {asValidationError} from './blueprint.ts';
import {requiredCapabilities} from './capabilities.ts';

/** What a template asks of its user. A type that gear local lacks is no reason to refuse a summary. */
export function summarizeTemplate(text: string): TemplateSummary {
  return asValidationError(() => {
    const template = parseTemplate(text, 'template');
    const sections = readSections(template);
    const {required, reason} = requiredCapabilities(sections);
    return {
      ...(sections.description === undefined ? {} : {description: sections.description}),
      parameters: [...sections.parameters].map(([key, parameter]) => ({
        key,
        type: parameter.type,
        noEcho: parameter.noEcho,
        ...(parameter.default === undefined ? {} : {default: parameter.default}),
        ...(parameter.description === undefined ? {} : {description: parameter.description}),
        ...(parameter.allowedValues === undefined ? {} : {allowedValues: parameter.allowedValues}),
      })),
      capabilities: required,
      ...(reason === undefined ? {} : {capabilitiesReason: reason}),
      resourceTypes: [...new Set([...sections.resources.values()].map(({type}) => type))],
      transforms: sections.transforms,
      ...(template.body.Metadata === undefined ? {} : {metadata: template.body.Metadata}),
    };
  });
}
