namespace PromoRec.Tuning;

/// <summary>How values of a parameter are drawn.</summary>
internal enum SearchScale
{
    /// <summary>Equal distances are equally likely.</summary>
    Linear,

    /// <summary>Equal ratios are equally likely.</summary>
    Logarithmic,

    /// <summary>One of several names.</summary>
    Choice,
}
