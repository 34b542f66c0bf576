namespace PromoRec.Training;

/// <summary>Training cannot go on: the numbers diverged, or the options do not fit the data.</summary>
public sealed class TrainingException : PromoRecException
{
    /// <summary>Creates the exception.</summary>
    public TrainingException(string message, Exception? innerException = null)
        : base(PromoRecErrorCode.TrainingFailed, message, innerException)
    {
    }
}
