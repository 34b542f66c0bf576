namespace PromoRec.Cli.Tests;

/// <summary>The files of one small simulated shop and a model of its first part, made once for all tests that only read them.</summary>
public sealed class SimulatedShop : IDisposable
{
    /// <summary>Where training ends and the test begins.</summary>
    public const string Cut = "2026-03-10";

    private readonly TemporaryFolder _folder = new();

    public SimulatedShop()
    {
        Tool.Run("simulate", "--customers", "300", "--items", "80", "--interactions", "20000", "--seed", "3", "--out", _folder.Root).Succeeded();
        Fit = Tool.Run("fit", "--interactions", Interactions, "--until", Cut, "--factors", "8", "--iterations", "4", "--loss", "--out", Model, "--json").Succeeded();
    }

    public string Interactions => _folder["interactions.csv"];

    public string Items => _folder["items.csv"];

    public string Offers => _folder["offers.csv"];

    public string Customers => _folder["customers.csv"];

    public string Pushes => _folder["pushes.csv"];

    public string Model => _folder["model.safetensors"];

    internal CommandResult Fit { get; }

    public void Dispose() => _folder.Dispose();
}
