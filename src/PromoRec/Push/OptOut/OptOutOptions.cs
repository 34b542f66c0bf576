namespace PromoRec.Push.OptOut;

/// <summary>What leaving a topic holds back.</summary>
public sealed class OptOutOptions
{
    /// <summary>Whether a customer who has left a topic gets no transactional messages of that topic either. True unless set: nobody is sent what they said they do not want.</summary>
    public bool IncludesTransactional { get; set; } = true;
}
