namespace PromoRec;

/// <summary>What went wrong, in a form a host can act on. The numbers are stable.</summary>
public enum PromoRecErrorCode
{
    /// <summary>The interactions cannot make a dataset.</summary>
    InvalidDataset = 1,

    /// <summary>Training cannot go on: the numbers diverged or the options do not fit the data.</summary>
    TrainingFailed = 2,

    /// <summary>A model file is damaged, is not a model file, or has a format version this library does not read.</summary>
    InvalidArtifact = 3,

    /// <summary>The offers of a catalog contradict each other or themselves.</summary>
    InvalidCatalog = 4,

    /// <summary>A policy, a policy file or a jurisdiction pack contradicts itself or cannot be read.</summary>
    InvalidPolicy = 5,

    /// <summary>The store of reservations or consent cannot be reached, is locked, read-only or full. Nothing may be sent until it is back.</summary>
    StoreUnavailable = 6,

    /// <summary>The store was written by a newer version of the library, or is not one of its stores.</summary>
    IncompatibleStore = 7,

    /// <summary>The features a model was trained with are not the ones it is given.</summary>
    SchemaMismatch = 8,

    /// <summary>The model cannot do what the options of the ranking ask of it.</summary>
    UnfitModel = 9,
}
