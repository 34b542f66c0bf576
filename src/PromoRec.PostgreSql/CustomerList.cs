using Npgsql;

namespace PromoRec.PostgreSql;

/// <summary>Reads a statement's customers: a key and, where the key is a hash, the whole id.</summary>
internal static class CustomerList
{
    public static async Task<List<UserId>> ReadAsync(NpgsqlConnection connection, int timeoutSeconds, NpgsqlBatchCommand command)
    {
        await using NpgsqlBatch batch = new(connection) { Timeout = timeoutSeconds, BatchCommands = { command } };
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        List<UserId> found = [];
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            found.Add(CustomerKey.Read(reader.GetFieldValue<byte[]>(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1)));
        }

        return found;
    }
}
