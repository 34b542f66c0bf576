namespace PromoRec.PostgreSql.Lanes;

/// <summary>Something that somebody waits for, on its way through a lane.</summary>
internal abstract class Operation(UserId userId)
{
    public UserId UserId => userId;

    /// <summary>When it entered the lane, as a timestamp of the lanes' clock.</summary>
    public long EnteredAt { get; set; }

    /// <summary>Whether the answer has been given.</summary>
    public bool IsAnswered { get; protected set; }

    public abstract void Fail(Exception exception);
}
