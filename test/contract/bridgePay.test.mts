import { bridgePay } from '../../nodes/BridgePay/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(bridgePay, readContract('bridgepay'), {
	// Only one client shows the two unsigned paths below /api/public. The signed paths do the same.
	covered: ({ docStatus }) => docStatus !== 'inferred',
	count: 16,
	notOffered: {
		// These belong to pay-outs.
		createPayIn: ['paymentRequisites', 'matchingSettings'],
		// These belong to pay-ins: startDeal is "in only", the others are about the payer and the payment page.
		createPayOut: [
			'startDeal',
			'maxAmount',
			'crossBorderCurrency',
			'crossBorderRequisiteType',
			'successUrl',
			'cancelUrl',
			'lang',
			'strictlySingleTransfer',
		],
	},
	// The credential fills it in while the user types no code.
	filledIn: { create: ['code2FA'] },
	// These fields are hidden and always true.
	ownRule: ['createPayIn.startDeal', 'createPayIn.allowMatching', 'createPayOut.allowMatching'],
});
