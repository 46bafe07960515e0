import styles from './form.module.css';

/** The class of a form of groups. */
export const formStyle = styles['form'];
