import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import {readSections} from '../../cloudformation/sections.ts';
import type {TemplateSummary} from '../services/cloudformation/engine.ts';
import {embeddedMacros, withoutMacros} from '../services/cloudformation/macro-calls.ts';
import {asValidationError} from './blueprint.ts';
import {requiredCapabilities} from './capabilities.ts';

/**
 * What a template asks of its user. A type that gear local lacks is no reason to refuse a summary, and what a macro would
 * put into the template is not looked up for it.
 */
export function summarizeTemplate(text: string): TemplateSummary {
  return asValidationError(() => {
    const template = parseTemplate(text, 'template');
    const macros = embeddedMacros(template.body);
    const body = macros.length === 0 ? template.body : (withoutMacros(template.body) as Template['body']);
    const sections = readSections({body}, {mayGrow: macros.length > 0});
    const transforms = [...new Set([...sections.transforms, ...macros])];
    const {required, reason} = requiredCapabilities({...sections, transforms});
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
      transforms,
      ...(template.body.Metadata === undefined ? {} : {metadata: template.body.Metadata}),
    };
  });
}
