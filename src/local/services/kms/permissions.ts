import type {PermissionRequest, RequestContext} from '../../operation.ts';
import {type EncryptionContext, originOf} from './ciphertext.ts';
import type {KmsStore} from './store.ts';

type More = Readonly<Record<string, string | readonly string[]>>;

/** An action on a key, whatever it was named by. Throws ServiceError NotFoundException for an alias that is not there. */
export function onKey(
  action: string,
  {KeyId: name}: {readonly KeyId: string},
  context: RequestContext,
  store: KmsStore,
  more: More = {},
): PermissionRequest {
  const id = store.keyIdOf(name);
  const key = store.keyOfArn(store.arnOf(id));
  const alias = name.slice(name.lastIndexOf(':') + 1);
  return {
    action: `kms:${action}`,
    resource: id.startsWith('arn:') ? id : store.arnOf(id),
    context: {
      ...ofCall(context),
      ...(alias.startsWith('alias/') ? {'kms:RequestAlias': alias} : {}),
      ...(key === undefined ? {} : {'kms:ResourceAliases': store.aliasesOf(id).map(({name}) => name), ...keyShape}),
      ...Object.fromEntries(Object.entries(key?.tags ?? {}).map(([tag, value]) => [`aws:ResourceTag/${tag}`, value])),
      ...more,
    },
  };
}

export function onAlias(action: string, name: string, context: RequestContext, store: KmsStore): PermissionRequest {
  return {action: `kms:${action}`, resource: store.aliasArn(name), context: ofCall(context)};
}

/** An action that knows no resource. */
export function onAnything(action: string, context: RequestContext, more: More = {}): PermissionRequest {
  return {action: `kms:${action}`, resource: '*', context: {...ofCall(context), ...more}};
}

/** A ciphertext names its key, so that a caller need not. */
export function keyOfCiphertext(named: string | undefined, ciphertext: Uint8Array): {readonly KeyId: string} {
  return {KeyId: named ?? originOf(ciphertext).keyId};
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context */
export function underContext(context: EncryptionContext = {}): More {
  const keys = Object.keys(context);
  return {
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(keys.length > 0 ? {'kms:EncryptionContextKeys': keys} : {}),
  };
}

export const keyShape: More = {
  'kms:KeySpec': 'SYMMETRIC_DEFAULT',
  'kms:KeyUsage': 'ENCRYPT_DECRYPT',
  'kms:KeyOrigin': 'AWS_KMS',
  'kms:MultiRegion': 'false',
};

function ofCall({caller, account, region, via}: RequestContext): More {
  return {
    ...(caller.kind === 'service' ? {} : {'kms:CallerAccount': account}),
    ...(via === undefined ? {} : {'kms:ViaService': `${via}.${region}.amazonaws.com`}),
  };
}
