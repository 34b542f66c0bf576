using System.Text.Json;

namespace PromoRec.Benchmarks;

/// <summary>The machine that a figure belongs to, and where its results are kept.</summary>
internal static class Processor
{
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Name, family and model where the system tells them: cloud machines often hide the name.</summary>
    public static string Name { get; } = Read();

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Path of a results file of this processor, in a folder that exists.</summary>
    public static string ResultsPath(string fileName)
    {
        string[] words = Name.ToLowerInvariant().Split([' ', ',', '(', ')', '@', '/', '.'], StringSplitOptions.RemoveEmptyEntries);
        string folder = string.Join('-', words);
        return Path.Combine(Directory.CreateDirectory(Path.Combine(RepositoryRoot, "benchmarks", "results", folder)).FullName, fileName);
    }

    private static string Read()
    {
        if (!File.Exists("/proc/cpuinfo"))
        {
            return $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture} {Environment.ProcessorCount} cores";
        }

        string[] lines = File.ReadAllLines("/proc/cpuinfo");
        return $"{Value("model name")} family {Value("cpu family")} model {Value("model\t")}, {Environment.ProcessorCount} cores";

        string Value(string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PromoRec.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No PromoRec.sln above {AppContext.BaseDirectory}.");
    }
}
