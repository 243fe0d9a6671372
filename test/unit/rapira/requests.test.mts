import { rapira } from '../../../nodes/Rapira/provider.ts';
import { describeRequests } from '../requestFixtures.mts';
import { fixtures } from './requests.fixtures.mts';

describeRequests(rapira, { origin: 'https://api.rapira.net', id: 'uid', secrets: [] }, fixtures);
