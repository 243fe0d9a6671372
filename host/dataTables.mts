import type { AxiosInstance } from 'axios';
import type { IDataObject } from 'n8n-workflow';

interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

export interface DataTables {
	/** The rows of n8n's data table of that name, oldest first. Empty when there is no such table yet. */
	rowsIn(table: string): Promise<IDataObject[]>;
	/** Inserts rows into an existing table. */
	addRows(table: string, rows: IDataObject[]): Promise<void>;
	/** Empties the table, if there is one. */
	clearRows(table: string): Promise<void>;
}

/** What a person does with n8n's data tables. */
export function dataTablesOf(rest: AxiosInstance): DataTables {
	const tableAt = async (table: string) => {
		const { data } = await rest.get<{ data: { data: DataTable[] } }>('/data-tables-global');
		const found = data.data.data.find(({ name }) => name === table);
		return found && `/projects/${found.projectId}/data-tables/${found.id}`;
	};
	return {
		rowsIn: async (table) => {
			const path = await tableAt(table);
			if (!path) return [];
			const params = { take: 1000, sortBy: 'id:asc' };
			const { data } = await rest.get<{ data: { data: IDataObject[] } }>(`${path}/rows`, { params });
			return data.data.data;
		},
		addRows: async (table, data) => {
			const path = await tableAt(table);
			if (!path) throw new Error(`There is no table ${table}.`);
			await rest.post(`${path}/insert`, { data, returnType: 'count' });
		},
		clearRows: async (table) => {
			const path = await tableAt(table);
			const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'gt', value: 0 }] };
			if (path) await rest.delete(`${path}/rows`, { params: { filter: JSON.stringify(filter) } });
		},
	};
}
