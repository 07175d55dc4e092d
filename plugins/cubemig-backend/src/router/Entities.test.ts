import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Entities } from './Entities';

const counter = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'counter' },
};
const catalog = catalogServiceMock({ entities: [counter] });
const entities = new Entities(catalog);
const read = (ref: string) => entities.read(ref, mockCredentials.user());

describe('Entities', () => {
  it.each(['component:default/counter', 'Component:counter'])(
    'reads %s',
    async ref => {
      expect(await read(ref)).toMatchObject(counter);
    },
  );

  it('knows none that is not there', async () => {
    await expect(read('component:default/other')).rejects.toThrow(
      "entityRef: there is no entity 'component:default/other'",
    );
  });

  it.each([
    '',
    'counter',
    '..:../locations',
    'component:../x',
    'component:default/..',
    'component:default/\0',
    `component:default/${'x'.repeat(64)}`,
  ])('asks the catalog for nothing by %j', async ref => {
    const ask = jest.spyOn(catalog, 'getEntityByRef').mockClear();
    await expect(read(ref)).rejects.toThrow('must look like');
    expect(ask).not.toHaveBeenCalled();
  });
});
