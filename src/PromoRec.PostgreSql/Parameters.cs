using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace PromoRec.PostgreSql;

/// <summary>Arrays as parameters of statements.</summary>
internal static class Parameters
{
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (NpgsqlParameter parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, byte[]> select) => Array(items, select, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, long> select) => Array(items, select, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, int> select) => Array(items, select, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, short> select) => Array(items, select, NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, bool> select) => Array(items, select, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, string> select) => Array(items, select, NpgsqlDbType.Text);

    /// <summary>Places of rows. The driver knows no arrays of them, so it is sent as the text of one, which the statement must cast to tid[].</summary>
    public static NpgsqlParameter Of<TItem>(List<TItem> items, Func<TItem, NpgsqlTid> select)
    {
        // It pools its buffer.
        DefaultInterpolatedStringHandler text = new(2, 0, CultureInfo.InvariantCulture);
        char separator = '{';
        foreach (TItem item in items)
        {
            NpgsqlTid tid = select(item);
            text.AppendFormatted(separator);
            text.AppendLiteral("\"(");
            text.AppendFormatted(tid.BlockNumber);
            text.AppendFormatted(',');
            text.AppendFormatted(tid.OffsetNumber);
            text.AppendLiteral(")\"");
            separator = ',';
        }

        text.AppendLiteral(items.Count == 0 ? "{}" : "}");
        return new NpgsqlParameter<string> { TypedValue = text.ToStringAndClear(), NpgsqlDbType = NpgsqlDbType.Text };
    }

    /// <summary>An array in which most may be missing; unnest fills what an empty array lacks with null.</summary>
    public static NpgsqlParameter OfOptional<TItem>(List<TItem> items, Func<TItem, DateTime?> select) =>
        items.Exists(item => select(item) is not null) ? Array(items, select, NpgsqlDbType.TimestampTz) : Array(items: [], select, NpgsqlDbType.TimestampTz);

    /// <inheritdoc cref="OfOptional{TItem}(List{TItem}, Func{TItem, DateTime?})"/>
    public static NpgsqlParameter OfOptional<TItem>(List<TItem> items, Func<TItem, byte[]?> select) =>
        items.Exists(item => select(item) is not null) ? Array(items, select, NpgsqlDbType.Bytea) : Array(items: [], select, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Of(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Of(DateTimeOffset value) => new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter<TValue[]> Array<TItem, TValue>(List<TItem> items, Func<TItem, TValue> select, NpgsqlDbType type)
    {
        TValue[] values = new TValue[items.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = select(items[i]);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
