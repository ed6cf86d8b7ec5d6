import {auditGroupCommand} from '../../cli/audit-group-command.ts';

export default auditGroupCommand('size', {
  summary: 'Audit how large deployment packages are',
  about:
    'Packages near or over the limits of Lambda, and what is in them that the function does not run. Code that gear bundles is bundled to be measured. Of deployed functions the directory of each package and layer is read, not the package: a call and one or two small requests for each.',
});
