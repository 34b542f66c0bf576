using PromoRec.Training;

namespace PromoRec.Tuning;

/// <summary>How <see cref="HyperParameterSearch"/> looks for good values.</summary>
public sealed class HyperParameterSearchOptions
{
    /// <summary>Different values that are tried on the first rung, starts included: 1 to 100,000; 27 unless set.</summary>
    public int Trials { get; set; } = 27;

    /// <summary>One of how many trials goes up to the next rung, where it gets that many times as much: 2 to 100; 3 unless set.</summary>
    public int Eta { get; set; } = 3;

    /// <summary>The least share that says anything about a trial, on the first rung: above 0, and 1 for a search without halving; 1/9 unless set.</summary>
    public double MinimumShare { get; set; } = 1.0 / 9;

    /// <summary>When to end: above zero; none unless set. Equal searches with a limit may end at different trials.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Whether high scores are good. True unless set.</summary>
    public bool Maximize { get; set; } = true;

    /// <summary>Seed of everything random; 1 unless set.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Checks the options, all at once.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        faults.Require(Trials is >= 1 and <= 100_000, nameof(Trials), Trials, "from 1 to 100,000");
        faults.Require(Eta is >= 2 and <= 100, nameof(Eta), Eta, "from 2 to 100");
        faults.Require(MinimumShare is > 0 and <= 1, nameof(MinimumShare), MinimumShare, "above 0 and at most 1");
        faults.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "above zero");
        faults.ThrowIfAny("a search for hyper-parameters");
    }

    internal HyperParameterSearchOptions Copy() => (HyperParameterSearchOptions)MemberwiseClone();
}
