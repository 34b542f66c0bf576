namespace PromoRec.Sqlite.Work;

/// <summary>One operation on its way through a store: it is run inside a transaction, and answered after the commit.</summary>
internal abstract class StoreWork
{
    /// <summary>How much of a batch it fills.</summary>
    public abstract int Size { get; }

    /// <summary>Runs it. What goes wrong in this operation alone is kept for its answer; what goes wrong with the file ends the batch.</summary>
    public abstract void Run(StoreBatch batch);

    /// <summary>Answers: the batch has been committed.</summary>
    public abstract void Complete();

    /// <summary>Answers that the batch has not, or may not have, been committed.</summary>
    public abstract void Fail(Exception exception);
}
