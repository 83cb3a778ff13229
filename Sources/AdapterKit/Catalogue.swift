public import HTTP

/// One path of an API with what can be done there, as data.
///
/// What an adapter's panes and commands do not use stands here too, so that all of an API can be looked around in.
public struct CatalogueEntry: Sendable, Hashable {
    /// What it is, as in `List of bonds`.
    public let title: String
    /// The part of the API that it belongs to.
    public let section: String
    /// The path below the base path.
    public let template: PathTemplate
    /// What the API's document says may be asked there.
    public let methods: [Method]
    /// The methods that change something; where GET is among them, a look is an act.
    public let acting: [Method]

    /// Describes a path; whatever is no GET, HEAD or OPTIONS acts unless it is told.
    ///
    /// - Parameter acting: the methods that act, where that does not follow from the methods.
    public init(
        _ title: String, in section: String, _ template: PathTemplate, _ methods: [Method] = [.get],
        acting: [Method]? = nil
    ) {
        self.title = title
        self.section = section
        self.template = template
        self.methods = methods
        self.acting = acting ?? methods.filter { !$0.isSafe }
    }

    /// Whether a mere look acts.
    public var actsByGet: Bool { acting.contains(.get) }
}
