using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PromoRec.Models.Linear;

namespace PromoRec.Training.Linear;

internal static class Throw
{
    [DoesNotReturn]
    public static void NoExamples(int count) =>
        throw new TrainingException($"None of the {count:N0} examples has a weight above 0. Add examples.");

    [DoesNotReturn]
    public static void OneClass(int count, bool label) =>
        throw new TrainingException($"All {count:N0} examples with a weight above 0 have the label {(label ? "true" : "false")}. A classifier needs both; add examples of the other, or serve without this model until there are some.");

    [DoesNotReturn]
    public static void NotAClass(long example, double label, LinearLoss loss) =>
        throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"Example {example} has the label {label}, but with the loss {loss} labels are 1 for true and 0 for false. Translate the labels (-1 to 0, for instance), or take the squared loss to predict numbers."));

    [DoesNotReturn]
    public static void Separable() =>
        throw new TrainingException("The features tell true from false examples without an error, so without a penalty the weights would grow for ever. Set L2 (or L1) above 0.");

    [DoesNotReturn]
    public static void NotFinite(LinearTrainingOptions options) =>
        throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"The weights or the objective are beyond what a model holds with Cost {options.Cost}, L1 {options.L1} and L2 {options.L2}: features, labels or weights of examples are too large. Scale them down."));
}
