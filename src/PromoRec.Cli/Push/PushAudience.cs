using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Push;

/// <summary>The customers of a command, what they have said, and what is assumed of the others.</summary>
internal sealed class PushAudience
{
    public PushAudience(IReadOnlyList<CustomerRow> rows, ChannelNames channels, Assumptions assumed)
    {
        Rows = rows;
        Customers = new PushDirectory(rows, channels.All, assumed);
        Consents = new FileConsentStore(rows, assumed.Consent ? channels.All : []);
    }

    /// <summary>The customers of the file, in its order.</summary>
    public IReadOnlyList<CustomerRow> Rows { get; }

    public PushDirectory Customers { get; }

    public FileConsentStore Consents { get; }
}
