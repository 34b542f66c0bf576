namespace PromoRec.Training.Repeat;

/// <summary>What <see cref="RepeatTrainer"/> goes by.</summary>
public sealed class RepeatOptions
{
    /// <summary>Whether everything that a customer has above zero counts as one, however often they took it. False unless set.</summary>
    public bool Binary { get; set; }
}
