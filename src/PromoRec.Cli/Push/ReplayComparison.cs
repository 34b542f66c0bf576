namespace PromoRec.Cli.Push;

/// <summary>Puts side by side what became of each attempt under two policies. What both have ended with is forgotten, so memory does not grow with the history.</summary>
internal sealed class ReplayComparison
{
    private readonly Dictionary<long, (bool IsFirst, bool IsSent)> _waiting = [];

    /// <summary>Attempts that both send.</summary>
    public long Both { get; private set; }

    /// <summary>Attempts that only the first sends.</summary>
    public long OnlyFirst { get; private set; }

    /// <summary>Attempts that only the second sends.</summary>
    public long OnlySecond { get; private set; }

    /// <summary>Attempts that neither sends.</summary>
    public long Neither { get; private set; }

    public void Ended(bool isFirst, long index, ReplayOutcome outcome)
    {
        if (!_waiting.Remove(index, out (bool IsFirst, bool IsSent) other))
        {
            _waiting.Add(index, (isFirst, outcome.IsSent));
            return;
        }

        bool first = isFirst ? outcome.IsSent : other.IsSent;
        bool second = isFirst ? other.IsSent : outcome.IsSent;
        Both += first && second ? 1 : 0;
        OnlyFirst += first && !second ? 1 : 0;
        OnlySecond += second && !first ? 1 : 0;
        Neither += first || second ? 0 : 1;
    }
}
