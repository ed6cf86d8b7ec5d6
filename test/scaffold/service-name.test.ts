import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  isServiceName,
  requireServiceName,
  serviceNameRule,
  suggestServiceName,
} from '../../src/scaffold/service-name.ts';

describe('a service name', () => {
  it.each(['orders', 'o1', 'order-intake', 'a-b-c', 'a23456789012345678901234'])('may be %s', name => {
    expect(requireServiceName(name)).toBe(name);
  });

  it.each([
    ['Orders', 'orders'],
    ['My Orders!', 'my-orders'],
    ['orderIntake', 'order-intake'],
    ['order_intake', 'order-intake'],
    ['order--intake', 'order-intake'],
    ['-orders-', 'orders'],
    ['2nd-orders', 'nd-orders'],
    ['o', 'o-service'],
    ['Bestellungen für Köln', 'bestellungen-fur-koln'],
    ['a-service-with-a-very-long-name', 'a-service-with-a-very-lo'],
    ['../etc/passwd', 'etc-passwd'],
    ['注文', 'orders'],
    ['', 'orders'],
    ['42', 'orders'],
    ['sthree-orders', 'orders'],
  ])('may not be %j, and %s is suggested', (name, suggestion) => {
    expect(() => requireServiceName(name)).toThrow(
      expect.objectContaining({code: 'SERVICE_NAME_INVALID', suggestions: [`gear new service ${suggestion}`]}),
    );
  });

  it('is refused with the rule', () => {
    expect(() => requireServiceName('Orders')).toThrow(`"Orders" cannot be a service's name: ${serviceNameRule}`);
  });

  it('is suggested so that it follows the rule, whatever was given', () => {
    fc.assert(fc.property(fc.string({unit: 'binary'}), name => isServiceName(suggestServiceName(name))));
    fc.assert(
      fc.property(fc.stringMatching(/^[sthre0-9a-z-]{0,40}$/), name => isServiceName(suggestServiceName(name))),
    );
  });
});
