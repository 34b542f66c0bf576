using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FsCheck;

namespace PromoRec.Tests.Properties;

/// <summary>
/// Runs properties on the same cases every time, so that a check of a commit judges the commit and not the luck of the draw. With the environment variable PROMOREC_FUZZ=full every run draws other cases.
/// </summary>
internal static class PropertyRun
{
    private const int UsualCases = 100;

    // The increment of the generator; odd.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Fails with the smallest case found for which the property does not hold.</summary>
    /// <param name="property">The property.</param>
    /// <param name="cases">On how many cases it is tried.</param>
    /// <param name="file">The file of the test, from the compiler.</param>
    /// <param name="test">The test, from the compiler: each has cases of its own.</param>
    public static void Holds(this Property property, int cases = UsualCases, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        Check.One(Settings(cases, file, test), property);

    /// <summary>The same for tests that set more than the number of cases.</summary>
    public static Config Settings(int cases = UsualCases, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(cases);

        // Folders differ between machines, names of files do not.
        return Environment.GetEnvironmentVariable("PROMOREC_FUZZ") == "full" ? config : config.WithReplay(SeedOf($"{Path.GetFileNameWithoutExtension(file)}.{test}"), Gamma);
    }

    private static ulong SeedOf(string name) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
