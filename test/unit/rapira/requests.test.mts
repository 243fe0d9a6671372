import { rapira } from '../../../nodes/Rapira/provider.ts';
import { describeRequests } from '../requestFixtures.mts';
import { fixtures } from './requestFixtures.mts';

describeRequests(rapira, { origin: 'https://api.rapira.net', id: 'uid', secrets: [] }, fixtures);
