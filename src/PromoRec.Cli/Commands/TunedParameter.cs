using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary>An option of an algorithm that <c>tune</c> sets.</summary>
/// <param name="Parameter">Its name on the command line and what it may be.</param>
/// <param name="AddUsual">Adds the value that it has unless set.</param>
internal sealed record TunedParameter(SearchParameter Parameter, Func<ParameterValues, ParameterValues> AddUsual);
