namespace PromoRec.Cli.Output;

/// <summary>Writes for people what a policy file means.</summary>
internal static class PolicyText
{
    public static void Write(TextWriter text, PolicyCheckReport report)
    {
        text.WriteLine($"{report.File} is valid. With it, in the order in which it is applied:");
        for (int i = 0; i < report.Rules.Count; i++)
        {
            PolicyRuleEntry rule = report.Rules[i];
            string place = rule.Path.Length == 0 ? "always" : rule.Path;
            text.WriteLine($"{i + 1,4}. {rule.Sentence} [{place}{(rule.Name is null ? string.Empty : $": {rule.Name}")}]");
        }
    }
}
