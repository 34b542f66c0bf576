using PromoRec.Interactions;

namespace PromoRec.Cli.Reading;

/// <summary>How a file of interactions is read.</summary>
internal sealed record InteractionReadOptions
{
    /// <summary>Other header names.</summary>
    public ColumnMapping Mapping { get; init; } = ColumnMapping.None;

    /// <summary>Kind of rows that do not name one.</summary>
    public InteractionKind DefaultKind { get; init; } = InteractionKind.Purchase;

    /// <summary>Rows before it are left out, and so are rows without a time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Rows at or after it are left out, and so are rows without a time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Zone of times without offset.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether a name in the item column names an offer when the file has no offer column.</summary>
    public bool ItemsAreOffers { get; init; }

    /// <summary>If set, rows whose kind has no weight here are bad.</summary>
    public InteractionWeights? Weights { get; init; }
}
