using System.Diagnostics;
using PromoRec.Cli.Output;

namespace PromoRec.Cli.Tests.Output;

public sealed class ShellTextTests
{
    [Fact]
    public void A_shell_reads_every_word_as_it_was()
    {
        string[] words = ["plain", "a b", "", "a;b", "a&b|c", "$HOME", "`id`", "it's", "'", "\"q\"", "back\\slash", "*?[x]", "~", "#", "(a)", "<a>", "tab\there", "two\nlines", "客户", "-n", "!x", "a=b,c:d/e.f"];
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no POSIX shell.");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", $"for word in {string.Join(' ', words.Select(ShellText.Quote))}; do printf '%s\\000' \"$word\"; done" }, RedirectStandardOutput = true })!;
        string read = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(words, read.Split('\0')[..^1]);
        Assert.Equal("plain", ShellText.Quote("plain"));
    }
}
