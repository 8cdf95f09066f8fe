//! Words that most guessed passwords are made of, written down by us: what guessers try first, not a copy of any list
//! of leaked passwords. It refuses to be complete; `password_policy` says what it is used for.

/// The words, in lower case, without blanks.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_whitespace()
}

const WORDS: &str = "
    password passwort passwd passphrase pass word motdepasse contrasena senha parola geheim secret secreto
    letmein welcome hello login logon signin access open opensesame sesame changeme change default guest admin
    administrator root superuser user username test testing tester demo temp temporary sample example master server
    computer internet database system manager support service network security secure private office company
    iloveyou love loveme lover loveyou forever always baby babygirl sweetheart honey darling angel princess prince
    queen king kingdom sunshine sunny flower butterfly rainbow star starlight moon moonlight heaven hope faith grace
    trustno1 trustme whatever nothing everything something anything please thankyou sorry goodbye
    monkey dragon tiger lion eagle falcon hawk wolf bear horse dog puppy cat kitten kitty bunny rabbit fish dolphin
    shark turtle snake spider phoenix unicorn panther jaguar mustang bronco
    football baseball basketball soccer hockey tennis golf volleyball softball swimming running wrestling gymnastics
    cheer lakers yankees cowboys steelers packers patriots eagles bears bulls giants dodgers redsox celtics raiders
    broncos rangers arsenal chelsea liverpool barcelona
    superman batman spiderman ironman superstar wonderwoman starwars startrek pokemon pikachu minecraft fortnite
    mario zelda nintendo playstation xbox gandalf hobbit matrix thunder lightning storm hunter killer ninja samurai
    warrior ranger soldier wizard magic ghost shadow blaze fire ice water earth
    michael jordan jennifer jessica ashley charlie thomas daniel andrew joshua robert john james david william
    richard joseph george matthew anthony nicholas christopher jonathan samantha nicole amanda michelle elizabeth
    maria sarah laura emily hannah olivia sophia emma isabella martin peter paul mark smith johnson jackson harley
    summer winter spring autumn fall january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday
    red orange yellow green blue purple black white silver gold golden pink brown
    cookie chocolate cheese pepper ginger banana apple cherry peach lemon coffee pizza chicken candy sugar
    college university campus school student teacher faculty professor dean registrar staff class course education
    learning library graduate graduation academic academics community state course program credential credentials
    pathway pathways
    america american usa canada england london paris texas california florida newyork chicago boston dallas denver
    atlanta houston phoenix seattle vegas
    money dollar cash rich lucky success winner victory champion freedom liberty peace happy happiness friend friends
    family mother father mommy daddy brother sister home house
    qwerty qwertz azerty asdf asdfgh zxcvbn qazwsx qwe asd zxc
    google facebook twitter microsoft windows apple android iphone samsung linux oracle amazon yahoo gmail
    correcthorsebatterystaple thequickbrownfox jumpsoverthelazydog quickbrownfox lazydog maytheforcebewithyou
    tobeornottobe nevergonnagiveyouup nevergonnaletyoudown onceuponatime inthebeginning helloworld letitbe
    justdoit carpediem donttreadonme jesusloves jesus christ god godisgood blessed amen church bible
    thisismypassword mypassword nopassword newpassword oldpassword yourpassword thepassword iforgot forgotten
    ihatethis ihatepasswords notapassword passwordpassword nevermind goaway leavemealone
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_long_enough() {
        for word in words() {
            assert!(word.len() >= 3, "{word}");
            assert!(word.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()), "{word}");
        }
        assert!(words().count() > 400);
    }
}
