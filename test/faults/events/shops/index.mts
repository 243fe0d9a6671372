import { bridgePay } from './bridgePay.mts';
import { gatePayLines, gatePayOrders } from './gatePay.mts';
import { okiPays } from './okiPays.mts';
import { payPlay } from './payPlay.mts';
import { rapira } from './rapira.mts';
import type { Shop } from './shop.mts';

export const shops: readonly Shop[] = [okiPays, payPlay, bridgePay, gatePayOrders, gatePayLines, rapira];
