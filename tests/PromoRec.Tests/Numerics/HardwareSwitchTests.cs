using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace PromoRec.Tests.Numerics;

/// <summary>Runs the other tests of this namespace again, in a process in which hardware features are switched off.</summary>
public class HardwareSwitchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static TheoryData<string, int> Switches { get; } = new()
    {
        { "DOTNET_EnableAVX512", 256 },
        { "DOTNET_EnableAVX2", 128 },
        { "DOTNET_EnableHWIntrinsic", 0 },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task The_numerics_tests_pass_and_give_the_same_bits_with_a_feature_switched_off(string variable, int widest)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.digest");
        try
        {
            (int exitCode, string output) = await RunTests(variable, file);
            Assert.True(exitCode == 0, $"With {variable}=0 the tests ended with {exitCode}:\n{output}");

            string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            string expected = $"512: False, 256: {Vector256.IsHardwareAccelerated && widest >= 256}, 128: {Vector128.IsHardwareAccelerated && widest >= 128}";
            Assert.Equal([expected, KernelDigest.Compute()], lines);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunTests(string variable, string digestFile)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PromoRec.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(File.Exists(program) ? program : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (!File.Exists(program))
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PromoRec.Tests.dll"));
        }

        foreach (string argument in new[] { "-namespace", typeof(HardwareSwitchTests).Namespace!, "-class-", typeof(HardwareSwitchTests).FullName!, "-noColor" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[variable] = "0";
        start.Environment[KernelDigest.FileVariable] = digestFile;
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token), errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
