using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;

namespace PromoRec.PostgreSql;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class PostgreSqlOptionsValidator : IValidateOptions<PostgreSqlOptions>
{
    private const int MaxSchemaLength = 63;
    private const int MaxLanes = 64;
    private const int MaxMaxBatch = 5000;
    private const int MaxBudgetShards = 64;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxCommandTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxMaxWait = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, PostgreSqlOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        ValidateAddress(options, result);
        if (!IsSchema(options.Schema))
        {
            result.AddError(
                "must be a lower-case letter or '_' and then up to 62 lower-case letters, digits or '_'; it is pasted into statements, so nothing else is allowed", nameof(options.Schema));
        }

        ValidateRange(options.Lanes, MaxLanes, nameof(options.Lanes), result);
        ValidateRange(options.MaxBatch, MaxMaxBatch, nameof(options.MaxBatch), result);
        ValidateRange(options.BudgetShards, MaxBudgetShards, nameof(options.BudgetShards), result);
        ValidateRange(options.CommandTimeout, MaxCommandTimeout, nameof(options.CommandTimeout), result);
        ValidateRange(options.MaxWait, MaxMaxWait, nameof(options.MaxWait), result);
        if (options.CommandTimeout.Ticks % Second.Ticks != 0)
        {
            result.AddError(Text($"must be whole seconds, but is {options.CommandTimeout}"), nameof(options.CommandTimeout));
        }

        return result.Build();
    }

    private static void ValidateAddress(PostgreSqlOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.ConnectionString is null == options.DataSource is null)
        {
            result.AddError("or DataSource must be set, and not both", nameof(options.ConnectionString));
        }

        if (options.ConnectionString is null)
        {
            return;
        }

        // The text may hold a password, so neither it nor what the driver says about it is repeated.
        try
        {
            NpgsqlConnectionStringBuilder address = new(options.ConnectionString);
            if (string.IsNullOrWhiteSpace(address.Host))
            {
                result.AddError("must name the Host, such as \"Host=db.example;Database=shop;Username=promorec\"", nameof(options.ConnectionString));
            }

            if (address.Multiplexing)
            {
                result.AddError("must not ask for Multiplexing: the store batches by itself", nameof(options.ConnectionString));
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            result.AddError("is not one that Npgsql understands; see https://www.npgsql.org/doc/connection-string-parameters.html", nameof(options.ConnectionString));
        }
    }

    private static bool IsSchema(string? schema)
    {
        if (string.IsNullOrEmpty(schema) || schema.Length > MaxSchemaLength || char.IsAsciiDigit(schema[0]) || schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (char character in schema)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static void ValidateRange(int value, int most, string property, ValidateOptionsResultBuilder result)
    {
        if (value < 1 || value > most)
        {
            result.AddError(Text($"must be from 1 to {most}, but is {value}"), property);
        }
    }

    private static void ValidateRange(TimeSpan value, TimeSpan most, string property, ValidateOptionsResultBuilder result)
    {
        if (value < Second || value > most)
        {
            result.AddError(Text($"must be from {Second} to {most}, but is {value}"), property);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
