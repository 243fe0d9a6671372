import type { AxiosInstance } from 'axios';
import type { IDataObject } from 'n8n-workflow';

interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

export interface DataTables {
	/** The rows of n8n's own table of that name, oldest first; none when there is no such table yet. */
	rowsIn(table: string): Promise<IDataObject[]>;
	/** Empties the table, if there is one. */
	clearRows(table: string): Promise<void>;
}

export function dataTablesOf(rest: AxiosInstance): DataTables {
	const pathOf = async (table: string) => {
		const { data } = await rest.get<{ data: { data: DataTable[] } }>('/data-tables-global');
		const found = data.data.data.find(({ name }) => name === table);
		return found && `/projects/${found.projectId}/data-tables/${found.id}/rows`;
	};
	return {
		rowsIn: async (table) => {
			const path = await pathOf(table);
			if (!path) return [];
			const params = { take: 1000, sortBy: 'id:asc' };
			const { data } = await rest.get<{ data: { data: IDataObject[] } }>(path, { params });
			return data.data.data;
		},
		clearRows: async (table) => {
			const path = await pathOf(table);
			const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'gt', value: 0 }] };
			if (path) await rest.delete(path, { params: { filter: JSON.stringify(filter) } });
		},
	};
}
