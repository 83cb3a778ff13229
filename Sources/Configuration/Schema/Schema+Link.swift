extension Schema {
    /// What is linked besides what nocturne finds by itself.
    static let links: [Setting] = [
        Setting(
            "guesses", .flag, standard: "true",
            "Whether links that may be are shown, such as a number in a description; nothing is ever counted by them."
        )
    ]

    /// A link that the operator describes.
    static let link: [Setting] = [
        Setting("name", .text, required: true, "What it is called where a link gives its reason."),
        Setting(
            "from", .texts("a list of fields such as [\"port.alias\"]"), required: true,
            "Where the key is: KIND.FIELD, all of one kind."),
        Setting(
            "pattern", .form("a regular expression with a named group"), standard: "the whole text",
            "What takes the key out of the text; without a capital letter it matches in any case."),
        Setting(
            "value", .form("a text with {group}"), standard: "the only group",
            "The key made of the groups of pattern."),
        Setting(
            "to", .form("KIND.FIELD"), required: true,
            "The field that holds the same key; case and surrounding spaces do not count."),
    ]
}
