namespace PromoRec.Training.ImplicitAls;

/// <summary>How implicit ALS solves the linear system of a row.</summary>
public enum AlsSolver
{
    /// <summary>A few conjugate gradient steps from the last iteration's factors. Source: Takács, Pilászy and Tikk, RecSys 2011.</summary>
    ConjugateGradient = 0,

    /// <summary>Exactly, by Cholesky factorization. Source: Hu, Koren and Volinsky, ICDM 2008.</summary>
    Cholesky = 1,
}
