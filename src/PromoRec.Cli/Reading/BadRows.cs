namespace PromoRec.Cli.Reading;

/// <summary>How many bad rows a command goes on after, and the place where each is reported.</summary>
/// <param name="allowed">The number given with --skip-bad; 0 stops at the first.</param>
/// <param name="report">Takes one line for each row that is left out.</param>
internal sealed class BadRows(int allowed, Action<string> report)
{
    public int Skipped { get; private set; }

    /// <summary>Leaves a bad row out, or throws when that is one too many.</summary>
    /// <exception cref="InputException">No more bad rows are allowed.</exception>
    public void Skip(InputException fault)
    {
        if (Skipped == allowed)
        {
            throw fault.WithRemedy(allowed == 0
                ? "Correct the row, or leave bad rows out with --skip-bad N."
                : $"That is one bad row more than the {allowed} that --skip-bad allows.");
        }

        Skipped++;
        report($"left out: {fault.Message}");
    }
}
