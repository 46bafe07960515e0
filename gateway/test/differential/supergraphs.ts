/** Subgraph schemas that together cover the features of federation. */
export const SUPERGRAPHS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'keys, provides and requires': {
    accounts: `
      type Query { me: User user(id: ID!, deep: Boolean = false): User users(first: Int = 3): [User!]! }
      type User @key(fields: "id") @key(fields: "email") {
        id: ID! email: String! name: String! @shareable nickname(style: Style = SHORT): String friends: [User] best: User
        settings: Settings matrix: [[Cell!]!] labels: [[String]]
      }
      type Settings { theme: String locale: String! limits: Limits }
      type Limits { daily: Int! monthly: Int }
      type Cell { x: Int! label: String owner: User }
      enum Style { SHORT LONG }
    `,
    products: `
      type Query { product(upc: String!): Product top(first: Int = 2, filter: Filter): [Product] shelf: [[Product]] }
      input Filter { min: Int max: Int = 7 tags: [String!] }
      type Product @key(fields: "upc") @key(fields: "sku brand { id }") {
        upc: String! sku: String! brand: Brand! name: String price(currency: String = "USD"): Int weight: Float
        dimensions: Dimensions variants: [Product!] json: JSON
      }
      type Brand @key(fields: "id") { id: ID! title: String! products: [Product] worth(year: Int): Int part: Part }
      type Part @key(fields: "id") @key(fields: "slot { row column }", resolvable: false) { id: ID! slot: Slot! label: String }
      type Slot @shareable { row: ID! column: ID! depth: ID! }
      type Dimensions @shareable { size: Int unit: Unit }
      enum Unit { CM INCH }
      scalar JSON
    `,
    inventory: `
      type Query { low: [Product!] }
      type Product @key(fields: "upc") {
        upc: String! price(currency: String = "USD"): Int @external weight: Float @external
        dimensions: Dimensions @external brand: Brand! @external
        inStock: Boolean! warehouse: Warehouse
        shipping(express: Boolean): Int @requires(fields: "weight price(currency: \\"EUR\\")")
        packing: String @requires(fields: "dimensions { size unit }")
        customs: Int @requires(fields: "price(currency: \\"USD\\") weight") duty: Int @requires(fields: "price")
        crate: Int @requires(fields: "brand { worth(year: 1) }") pallet: Int @requires(fields: "brand { worth(year: 2) }")
      }
      type Dimensions @shareable { size: Int unit: Unit }
      enum Unit { CM INCH }
      type Warehouse @key(fields: "code") { code: ID! city: String! stock: [Product] parts: [Part!] }
      type Brand @key(fields: "id") { id: ID! worth(year: Int): Int @external }
      type Part @key(fields: "slot { row column }", resolvable: false) @key(fields: "id slot { column depth }")
        @key(fields: "id", resolvable: false) {
        id: ID! slot: Slot! label: String @external tag: String @requires(fields: "label") bin: Int
      }
      type Slot @shareable { row: ID! column: ID! depth: ID! }
    `,
    reviews: `
      type Query { latest(first: Int = 3): [Review!]! }
      type Review @key(fields: "id") {
        id: ID! body: String stars: Int! author: User @provides(fields: "name") product: Product! replies: [Review!]
      }
      type User @key(fields: "email") {
        email: String! name: String! @external nickname(style: Style = SHORT): String @external
        reviews(first: Int = 2): [Review!]! greeting: String @requires(fields: "nickname")
      }
      enum Style { SHORT LONG }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] rating: Float }
      type Brand @key(fields: "id") { id: ID! reputation: Int! }
    `,
  },
  'unions and interfaces': {
    content: `
      type Query { node(id: ID!): Node feed: [Item!]! stories: [[Item]] pinned: Item titled: [Titled] }
      interface Node { id: ID! }
      interface Titled { title: String! }
      union Item = Post | Video | Notice
      type Post implements Node & Titled @key(fields: "id") { id: ID! title: String! text: String author: Person related: [Item!] }
      type Video implements Node & Titled @key(fields: "id") { id: ID! title: String! seconds: Int! url: String author: Person }
      type Notice { level: Level! message: String about: Item }
      type Person @key(fields: "id") { id: ID! }
      enum Level { INFO WARN }
    `,
    people: `
      type Query { people: [Person!] somebody: Being }
      interface Being { name: String! kind: String }
      type Person implements Being @key(fields: "id") { id: ID! name: String! kind: String boss: Person pets: [Pet] friend: Being }
      type Pet implements Being @key(fields: "id") { id: ID! name: String! kind: String owner: Person toys: [[String!]] }
    `,
    stats: `
      type Post @key(fields: "id") { id: ID! views: Int! likers: [Person!] score: Float }
      type Video @key(fields: "id") { id: ID! views: Int! score: Float chapters: [Chapter!]! }
      type Person @key(fields: "id") { id: ID! karma: Int favourite: Fav }
      type Pet @key(fields: "id") { id: ID! karma: Int }
      union Fav = Post | Video
      type Chapter { start: Int! next: Chapter people: [Person] }
    `,
  },
  'interface objects': {
    catalog: `
      type Query { titles: [Title!]! title(id: ID!): Title movies: [Movie] }
      interface Title @key(fields: "id") { id: ID! name: String! year: Int related: [Title] }
      type Movie implements Title @key(fields: "id") { id: ID! name: String! year: Int related: [Title] minutes: Int }
      type Concert implements Title @key(fields: "id") { id: ID! name: String! year: Int related: [Title] artist: Artist! }
      type Artist @key(fields: "id") { id: ID! name: String shows: [Concert!] }
    `,
    ratings: `
      type Query { bestRated: [Title] ranking: [[Title!]] }
      type Title @key(fields: "id") @interfaceObject { id: ID! rating: Rating reviews(first: Int = 2): [Review!]! }
      type Rating { average: Float! count: Int similar: Title }
      type Review @key(fields: "id") { id: ID! text: String about: Title! artist: Artist }
      type Artist @key(fields: "id") { id: ID! fame: Int }
    `,
    feed: `
      type Query { home: [Card!] }
      type Card { heading: String title: Title }
      type Title @key(fields: "id") @interfaceObject { id: ID! sponsored: Boolean! era: String }
    `,
  },
  'abstract types with few objects in common': {
    halls: `
      type Query { things: [Thing!]! spots: [Spot] priced: [Priced] chosen: Choice offers: [[Offer!]] seat: Seat }
      interface Thing { id: ID! }
      interface Priced { price: Int thing: Thing }
      interface Spot @key(fields: "id") { id: ID! label: String neighbour: Spot }
      union Choice = Seat | Hall | Ticket
      union Offer = Ticket | Voucher | Seat
      union Place = Hall
      type Seat implements Spot & Thing & Priced @key(fields: "id") {
        id: ID! label: String neighbour: Spot price: Int thing: Thing row: Int offer: Offer
      }
      type Hall implements Spot & Thing @key(fields: "id") { id: ID! label: String neighbour: Spot place: Place seats: [Seat!] }
      type Ticket implements Thing & Priced @key(fields: "id") { id: ID! price: Int thing: Thing spot: Spot }
      type Voucher implements Priced { price: Int thing: Thing code: String }
    `,
    notes: `
      type Query { noted: [Spot!] }
      type Spot @key(fields: "id") @interfaceObject { id: ID! note: String! notes(first: Int = 2): [Note!] }
      type Note { text: String about: Spot subject: Subject }
      union Subject = Ticket | Note
      type Ticket @key(fields: "id") { id: ID! remark: String subject: Subject }
    `,
  },
};

/** Subgraph schemas that the stock executor refuses or cannot plan. */
export const BEYOND_STOCK: typeof SUPERGRAPHS = {
  'interface objects with requirements': {
    catalog: `
      type Query { titles: [Title!]! title(id: ID!): Title movies: [Movie] named: Named picks: [Pick] }
      union Pick = Concert | Maker | Movie
      interface Named { name: String! }
      interface Title implements Named @key(fields: "id") {
        id: ID! name: String! year: Int related: [Title] price(currency: String = "USD"): Int maker: Maker
      }
      type Movie implements Title & Named @key(fields: "id") {
        id: ID! name: String! year: Int related: [Title] price(currency: String = "USD"): Int maker: Maker minutes: Int
      }
      type Concert implements Title & Named @key(fields: "id") {
        id: ID! name: String! year: Int related: [Title] price(currency: String = "USD"): Int maker: Maker seats: Int
      }
      type Maker @key(fields: "id") { id: ID! name: String }
    `,
    ratings: `
      type Query { best: [Title] ranking: [[Title!]] }
      type Title @key(fields: "id") @interfaceObject {
        id: ID! name: String! @external year: Int @external price(currency: String = "USD"): Int @external
        score(scale: Int): Int @requires(fields: "name") plain: Int
        review: Review @requires(fields: "year name") value: Int @requires(fields: "price(currency: \\"EUR\\")")
      }
      type Review { text: String about: Title! stars(max: Int): Int }
    `,
    feed: `
      type Query { home: [Card!] }
      type Card { heading: String title: Title }
      type Title @key(fields: "id") @interfaceObject {
        id: ID! maker: Maker @external price(currency: String = "USD"): Int @external
        sponsored: Boolean! era: String @requires(fields: "maker { name }")
        cost: Int @requires(fields: "price(currency: \\"USD\\")")
      }
      type Maker @key(fields: "id") { id: ID! name: String @external fans: Int! }
    `,
  },
  contexts: {
    shops: `
      type Query { shops: [Shop!]! shop(id: ID!): Shop near: Place malls: [Mall] }
      type Shop @key(fields: "id") @context(name: "shop") @context(name: "place") {
        id: ID! currency(short: Boolean): String rates: [Rate!] shelf: Shelf! shelves: [Shelf] around: Mall
      }
      type Mall @key(fields: "id") @context(name: "place") { id: ID! currency(short: Boolean): String floor: Int shops: [Shop] sale: Sale }
      union Place = Shop | Mall
      type Rate { percent: Int }
      type Sale @key(fields: "id") {
        id: ID! price(currency: String @fromContext(field: "$place ... on Shop { currency(short: true) } ... on Mall { currency }")): Int
      }
      type Shelf @key(fields: "id") { id: ID! products: [Product!] product: Product! }
      type Product @key(fields: "id") {
        id: ID! label: String
        price(currency: String @fromContext(field: "$shop { currency(short: true) }") times: Int = 1): Int
        taxes(rates: [Int] @fromContext(field: "$shop { rates { percent } }")): [Int]
        part(id: ID @fromContext(field: "$shop { id }")): Part
      }
      type Part { size: Int product: Product sale: Sale }
    `,
    shelves: `
      type Shelf @key(fields: "id") { id: ID! best(first: Int = 2): [Product] }
      type Product @key(fields: "id") { id: ID! name: String label: String @external
        title: String @requires(fields: "label") sibling: Product sale: Sale }
      type Sale @key(fields: "id") { id: ID! until: String }
    `,
  },
};
