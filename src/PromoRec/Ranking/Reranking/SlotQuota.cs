using System.Globalization;

namespace PromoRec.Ranking.Reranking;

/// <summary>How many places offers of one sort get at least and at most. An offer is of the sort when it has everything that is set here.</summary>
public sealed class SlotQuota
{
    /// <summary>The largest <see cref="Minimum"/>.</summary>
    public const int MostMinimum = 50;

    /// <summary>The form of the offer's terms; any unless set.</summary>
    public OfferForm? Form { get; set; }

    /// <summary>A category at which the offer aims, itself or through one of the items that it names; any unless set. Compared ordinally.</summary>
    public string? Category { get; set; }

    /// <summary>A brand at which the offer aims, itself or through one of the items that it names; any unless set. Compared ordinally.</summary>
    public string? Brand { get; set; }

    /// <summary>The merchant who makes the offer; any unless set. Compared ordinally.</summary>
    public string? Merchant { get; set; }

    /// <summary>Places that such offers get at least, as long as there are such offers and no limit stands against it: 0 to 50, 0 unless set.</summary>
    public int Minimum { get; set; }

    /// <summary>Places that such offers get at most: 0 to 10,000, and not below <see cref="Minimum"/>; 0, as it is unless set, for no limit.</summary>
    public int Maximum { get; set; }

    /// <summary>Which offers it is for, in words.</summary>
    internal string Sort => string.Join(", ", new[]
    {
        Form?.ToString(),
        Category is null ? null : $"category {Category}",
        Brand is null ? null : $"brand {Brand}",
        Merchant is null ? null : $"merchant {Merchant}",
    }.OfType<string>());

    internal SlotQuota Copy() => (SlotQuota)MemberwiseClone();

    internal IEnumerable<string> Faults()
    {
        if (Form is null && Category is null && Brand is null && Merchant is null)
        {
            yield return "must say which offers it is for: set Form, Category, Brand or Merchant";
        }

        if (Form is { } form && !Enum.IsDefined(form))
        {
            yield return Text($"must have one of the forms of OfferForm, but has {(int)form}");
        }

        foreach ((string name, string? value) in new[] { (nameof(Category), Category), (nameof(Brand), Brand), (nameof(Merchant), Merchant) })
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
            {
                yield return $"has a blank {name}; name it, or leave it null";
            }
        }

        if (Minimum is < 0 or > MostMinimum)
        {
            yield return Text($"must have a Minimum from 0 to {MostMinimum}, but has {Minimum}");
        }

        if (Maximum is < 0 or > RankRequest.MaxCount)
        {
            yield return Text($"must have a Maximum from 0 to {RankRequest.MaxCount}, but has {Maximum}");
        }
        else if (Maximum > 0 && Maximum < Minimum)
        {
            yield return Text($"has the Maximum {Maximum}, which is below its Minimum {Minimum}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
