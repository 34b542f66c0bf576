namespace PromoRec.Training.ImplicitAls;

/// <summary>Which pairs the unobserved weight of implicit ALS applies to.</summary>
public enum UnobservedPairs
{
    /// <summary>All pairs, the observed ones too. Source: Rendle, Krichene, Zhang and Koren, RecSys 2022.</summary>
    All = 0,

    /// <summary>Only the pairs that were not observed. Source: Hu, Koren and Volinsky, ICDM 2008.</summary>
    Rest = 1,
}
