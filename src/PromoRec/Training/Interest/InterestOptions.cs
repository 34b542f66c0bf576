namespace PromoRec.Training.Interest;

/// <summary>How <see cref="InterestTrainer"/> groups items.</summary>
public sealed class InterestOptions
{
    /// <summary>By what: categories, and categories of brands, unless set. An item counts once for each group that it is in.</summary>
    public InterestGroups Groups { get; set; } = InterestGroups.Categories | InterestGroups.CategoriesOfBrands;

    /// <summary>Throws when an option is out of range.</summary>
    /// <exception cref="ArgumentException">There is no group, or one that is not defined.</exception>
    public void Validate()
    {
        const InterestGroups all = InterestGroups.Categories | InterestGroups.Brands | InterestGroups.CategoriesOfBrands;
        if (Groups == InterestGroups.None || (Groups & ~all) != 0)
        {
            throw new ArgumentException($"These options of interest are out of range: {nameof(Groups)} must be one or more of {all}, but is {Groups}.");
        }
    }

    internal InterestOptions Copy() => (InterestOptions)MemberwiseClone();
}
